user_pref("mail.accountmanager.accounts", "");
user_pref("mail.server.server1.hostname", "pop.example.com");
user_pref("mail.server.server1.type", "pop3");
user_pref("mail.server.server1.userName", "Jane");
