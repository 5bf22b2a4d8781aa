# tests/cli/complete.zsh DIR LINE: what an interactive zsh makes of LINE and a Tab, where DIR holds the function _sockdrill.
# Keys are sent once the editor of lines says that it is there: it takes them one after the other.
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1=; unsetopt zle_bracketed_paste; fpath=(${(q)1} \$fpath); autoload -Uz compinit; compinit -u -D; zle-line-init() { print -n REA''DY; }; zle -N zle-line-init"
zpty -r shell answer '*READY*'
zpty -n -w shell "$2"$'\t'$'\C-u'"echo EN''D"$'\n'
zpty -r shell answer '*END*'
print -r -- "$answer"
