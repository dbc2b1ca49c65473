from carefund.audit.telling import kept_inside, told_whole

told_whole("file.uploaded", "File uploaded")
told_whole("file.quarantine", "File locked away: it holds a virus")
told_whole("file.take_out", "File removed")
told_whole("file.remove", "File removed under the retention rule")
kept_inside("file.pass_scan", "File found clean")
kept_inside("file.not_scannable", "File too large for the virus scanner")
