# maillint.bash: completion for bash. A test holds its words against those that --help prints.

_maillint_words() {
    mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2")
}

_maillint_value() { # the option before the cursor takes one of these words
    case $1 in
    --format | -f)
        case $3 in
        show | rules | formats | config) _maillint_words 'text json' "$2" ;;
        explain) _maillint_words 'text markdown' "$2" ;;
        *) _maillint_words 'text checklist json ndjson sarif junit csv html github' "$2" ;;
        esac
        ;;
    --color | --progress) _maillint_words 'auto always never' "$2" ;;
    --fail-on) _maillint_words 'error warning note never' "$2" ;;
    --symptom) _maillint_words 'password-prompt no-account cannot-connect' "$2" ;;
    --select | --ignore) _maillint_words "$(maillint rules 2>/dev/null | cut -d' ' -f1)" "$2" ;;
    --severity) _maillint_words "$(maillint rules 2>/dev/null | sed 's/ .*/=/')" "$2" ;;
    --input-format) _maillint_words "$(maillint formats 2>/dev/null | sed -n 's/^\([a-z].*\) (.*/\1/p')" "$2" ;;
    --jobs | -j | --min-interval | --limit-memory | --limit-size | --code-page | --alias | \
        --exclude | --shard | --stdin-name) COMPREPLY=() ;;
    *) return 1 ;;
    esac
}

_maillint() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}
    local commands='check show dump merge rules explain formats config'
    local judging='--provider --select --ignore --severity --min-interval --alias --aliases
        --include-disabled --fail-on --baseline'
    local report='--format --output --quiet --color'
    local rules='--config --no-config --plugin'
    local settings="$rules --limit-memory --limit-size --code-page --read-passwords --installation"
    local input='--input-format --stdin-name --files-from --exclude --shard --jobs --progress'

    _maillint_value "$before" "$word" "$command" && return
    COMPREPLY=()
    if [[ $word == -* ]]; then
        case $command in
        show) _maillint_words "--help $report $settings $input" "$word" ;;
        dump) _maillint_words "--help --input-format --stdin-name $settings" "$word" ;;
        rules | explain) _maillint_words "--help --format $rules" "$word" ;;
        formats) _maillint_words '--help --format' "$word" ;;
        config) _maillint_words "--help --format --for $judging $settings" "$word" ;;
        merge) _maillint_words "--help $report --symptom --fail-on --baseline --write-baseline" "$word" ;;
        *) _maillint_words "--help --version --symptom --facts --write-baseline $report $judging $settings $input" \
            "$word" ;;
        esac
    elif [[ $command == explain && $COMP_CWORD -gt 1 ]]; then
        _maillint_words "$(maillint rules 2>/dev/null | cut -d' ' -f1)" "$word"
    elif [[ $COMP_CWORD -eq 1 ]]; then
        _maillint_words "$commands" "$word"
    fi
}

complete -o default -F _maillint maillint
