pref("mail.accountmanager.appendaccounts", " account5 , account1");
pref("mail.account.account5.server", "server5");
pref("mail.account.account5.identities", "id5");
pref("mail.server.server5.type", "pop3");
pref("mail.server.server5.hostname", "pop.example.org");
pref("mail.server.server5.userName", "office@example.org");
pref("mail.server.server5.check_time", 1);
pref("mail.identity.id5.useremail", "office@example.org");
pref("mail.identity.id5.smtpServer", "smtp1");
