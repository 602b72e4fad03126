pref("general.config.filename", "company.cfg");
