"""What people decide, and the trail of it: assessments, second persons, corrections. Imports facts and audit."""
