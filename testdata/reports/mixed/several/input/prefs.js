// Mozilla User Preferences

user_pref("mail.accountmanager.accounts", "account1");
user_pref("mail.account.account1.identities", "id1");
user_pref("mail.account.account1.server", "server1");
user_pref("mail.identity.id1.useremail", "jane@example.com");
user_pref("mail.server.server1.type", "imap");
user_pref("mail.server.server1.hostname", "imap.bizmail.yahoo.com");
user_pref("mail.server.server1.userName", "jane@example.com");
user_pref("mail.server.server1.port", 993);
user_pref("mail.server.server1.socketType", 3);
user_pref("mail.server.server1.authMethod", 6);
user_pref("mail.identity.id1.fullName", "Jane ☃
