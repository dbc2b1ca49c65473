from carefund.audit.telling import kept_inside

kept_inside("person.add", "Account made")
kept_inside("person.ask_export", "Export of a person’s data asked for")
kept_inside("person.ask_anonymise", "Anonymisation of a person asked for")
kept_inside("person.fetch_export", "Export of a person’s data fetched")
kept_inside("person.anonymise", "Person anonymised")
kept_inside("person request.finish", "Request about a person done")
kept_inside("person request.fail", "Request about a person could not be done")
kept_inside("retention.run", "Retention rule applied")
kept_inside("record.export", "Copy of the record taken")
