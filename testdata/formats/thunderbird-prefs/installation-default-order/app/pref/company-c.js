pref("mail.smtpserver.smtp1.authMethod", 6, locked);
