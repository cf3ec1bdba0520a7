"""Facts → findings: what should agree, and whether it does."""
