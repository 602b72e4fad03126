user_pref("mail.accountmanager.accounts", "account1");
user_pref("mail.account.account1.server", "server1");
user_pref("mail.server.server1.type", "pop3");
user_pref("mail.server.server1.hostname", "pop.example.org");
user_pref("mail.server.server1.password", "PLANTEDsecret99");
user_pref("mail.server.server1.password", "PLANTEDsecret99" x);
user_pref("mail.smtpserver.smtp1.password", "PLANTEDsecret99);
user_pref("a", "b");
