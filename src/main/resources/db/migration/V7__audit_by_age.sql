-- The audit log is cleared by age, and that of failed logins sooner.
CREATE INDEX audit_entry_by_age ON audit_entry (at);
CREATE INDEX audit_entry_by_what_and_age ON audit_entry (what, at);
