from carefund.audit.telling import kept_inside

kept_inside("import.upload", "Spreadsheet uploaded")
kept_inside("import.check", "Spreadsheet checked: ready to apply")
kept_inside("import.refuse", "Spreadsheet checked: it has errors")
kept_inside("import.check_again", "Spreadsheet to be checked again")
kept_inside("import.ask_to_apply", "Spreadsheet to be applied")
kept_inside("import.apply", "Spreadsheet applied")
kept_inside("import.abandon", "Spreadsheet abandoned")
kept_inside("import.load", "Rows of a spreadsheet written")
