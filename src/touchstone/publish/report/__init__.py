"""Reports: what a paper says, apart from the file it is written to (Word, Excel, PDF, web page)."""
