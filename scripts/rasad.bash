# Completion of the options of rasad in bash.
_rasad() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    case $before in
    -m) mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
    -l) mapfile -t COMPREPLY < <(compgen -d -- "$word"; compgen -f -X '!*.lua' -- "$word") ;;
    -c | --threads) COMPREPLY=() ;;
    *)
        case $word in
        --color=*) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "${word#*=}") ;;
        -*)
            mapfile -t COMPREPLY < <(compgen -W '-m -c -f -l -i -q -n -k --json --color=auto
                --color=always --color=never --threads --echo --version --help' -- "$word")
            ;;
        *) mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
        esac
        ;;
    esac
}
complete -o filenames -F _rasad rasad
