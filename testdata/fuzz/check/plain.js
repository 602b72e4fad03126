// Mozilla User Preferences

user_pref("mail.account.account1.server", "server1");
user_pref("mail.server.server1.port", 995);
user_pref("a.b", true); /* c */ user_pref("c", -12);
pref("d", "\x41\u00e9\n\"", locked);
user_pref("broken", 12x);
user_pref('single', 'it\'s');
# shell comment
