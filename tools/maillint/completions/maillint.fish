# maillint.fish: completion for fish. A test holds its words against those that --help prints.

set -l commands check show dump merge rules explain formats config
set -l catalogues 'rules explain formats'
set -l linting "not __fish_seen_subcommand_from $catalogues dump"

complete -c maillint -n "not __fish_seen_subcommand_from $commands" -a "$commands"
complete -c maillint -s h -l help -d 'Show help'
complete -c maillint -l version -d 'Print the version'
complete -c maillint -s f -l format -x -d 'How to write it' \
    -a 'text checklist json ndjson sarif junit csv html github markdown'
complete -c maillint -n '__fish_seen_subcommand_from explain' -f \
    -a '(maillint rules 2>/dev/null | string split -f1 " ")'

complete -c maillint -n "$linting" -s o -l output -r -d 'Write the report there'
complete -c maillint -n "$linting" -s q -l quiet -d 'No summary line'
complete -c maillint -n "$linting" -l color -x -a 'auto always never' -d 'Colours'
complete -c maillint -n "$linting" -l symptom -x -a 'password-prompt no-account cannot-connect' \
    -d 'Which checklist'
complete -c maillint -n "$linting" -l facts -d 'With ndjson: a record per mailbox'
complete -c maillint -n "$linting" -l provider -r -d 'Hold accounts against'
complete -c maillint -n "$linting" -l select -x -a '(maillint rules 2>/dev/null | string split -f1 " ")' \
    -d 'Run only these rules'
complete -c maillint -n "$linting" -l ignore -x -a '(maillint rules 2>/dev/null | string split -f1 " ")' \
    -d 'Do not run these rules'
complete -c maillint -n "$linting" -l severity -x -d 'RULE=LEVEL: how loud a rule is'
complete -c maillint -n "$linting" -l min-interval -x -d 'Minutes that check-interval asks for'
complete -c maillint -n "$linting" -l alias -x -d 'ALIAS=MAIN'
complete -c maillint -n "$linting" -l aliases -r -d 'Aliases from a file'
complete -c maillint -n "$linting" -l include-disabled -d 'Also judge disabled accounts'
complete -c maillint -n "$linting" -l fail-on -x -a 'error warning note never' \
    -d 'Exit with 1 from this level on'
complete -c maillint -n "$linting" -l baseline -r -d 'Report only what a file does not know'
complete -c maillint -n "$linting" -l write-baseline -r -d 'Write a baseline of what is found'
complete -c maillint -n "$linting" -l files-from -r -d 'Also take the paths in a file'
complete -c maillint -n "$linting" -l exclude -x -d 'Leave out what matches'
complete -c maillint -n "$linting" -l shard -x -d 'I/N: only a share of the files'
complete -c maillint -n "$linting" -s j -l jobs -x -d 'Worker threads'
complete -c maillint -n "$linting" -l progress -x -a 'auto always never' -d 'Show progress'

set -l reading "not __fish_seen_subcommand_from $catalogues"
set -l settling 'not __fish_seen_subcommand_from formats'
complete -c maillint -n "$reading" -l input-format -x -d 'Take every file for this format' \
    -a '(maillint formats 2>/dev/null | string match -rg "^([a-z]\S+) \(")'
complete -c maillint -n "$reading" -l stdin-name -x -d 'What reports call standard input'
complete -c maillint -n "$settling" -l config -r -d 'Settings file'
complete -c maillint -n "$settling" -l no-config -d 'Read no settings file'
complete -c maillint -n "$settling" -l plugin -r -d 'Rules from a shared object'
complete -c maillint -n "$reading" -l limit-memory -x -d 'MiB for one file'
complete -c maillint -n "$reading" -l limit-size -x -d 'MiB of one file'
complete -c maillint -n "$reading" -l code-page -x -d 'Of 8-bit text'
complete -c maillint -n "$reading" -l read-passwords -d 'Also judge saved passwords'
complete -c maillint -n "$reading" -l installation -r -d 'What sets Thunderbird up'
complete -c maillint -n '__fish_seen_subcommand_from config' -l for -r -d 'As for one file'
