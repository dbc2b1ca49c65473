"""One report, told the same as PDF, web page, spreadsheet and data."""
