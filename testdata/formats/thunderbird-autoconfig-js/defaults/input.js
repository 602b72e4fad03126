// defaults/pref/site.js
pref("mail.accountmanager.accounts", "account1", locked);
pref("mail.account.account1.server", "server1");
pref("mail.account.account1.identities", "id1");
pref("mail.server.server1.type", "pop3");
pref("mail.server.server1.hostname", "pop.example.org", locked);
pref("mail.server.server1.hostname", "later.example.org");
pref("mail.server.server1.userName", "ada@example.org");
sticky_pref("mail.server.server1.port", 995);
pref("mail.server.server1.socketType", 3);
pref("mail.server.server1.check_time", 3)
pref("mail.server.server1.authMethod", 6);
pref("mail.server.server1.leave_on_server", true, loud);
pref("mail.identity.id1.useremail", "ada@example.org");
