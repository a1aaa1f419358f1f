package dev.rota.coordinator.notes.language;

import dev.rota.coordinator.notes.text.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a sentence, read once from left to right. Addresses, link targets, tags and what is quoted after "states" or "says"
 * are left out: they are mentioned, not said.
 */
final class Words {
    private static final List<String> SAYING =
            List.of("state", "states", "stated", "say", "says", "saying", "reads", "error", "message");

    private static final int MAX_SPAN = 500;

    private final String text;
    private final int end;
    private final List<Token> tokens = new ArrayList<>();
    private boolean stop;
    private boolean comma;
    private int at;

    private Words(String text, int start, int end) {
        this.text = text;
        this.at = start;
        this.end = end;
    }

    static List<Token> of(Sentence sentence) {
        return new Words(sentence.block().text(), sentence.start(), sentence.end()).read();
    }

    static List<Token> of(String text) {
        return new Words(text, 0, text.length()).read();
    }

    private List<Token> read() {
        while (at < end) {
            char c = text.charAt(at);
            if (c == '`') {
                code();
            } else if (c == '<') {
                skipTag();
            } else if (c == ']' && at + 1 < end && text.charAt(at + 1) == '(') {
                at = close(at + 2, ')');
            } else if ((c == '"' || c == '\u201c') && quoted()) {
                at = close(at + 1, c == '"' ? '"' : '\u201d');
            } else if (Character.isLetterOrDigit(c)) {
                word();
            } else {
                stop |= c == ';' || c == '?' || (c == ':' && (at + 1 >= end || text.charAt(at + 1) == ' '));
                comma |= ",()\u2014\u2013".indexOf(c) >= 0 || (c == '-' && text.startsWith(" - ", Math.max(0, at - 1)));
                at++;
            }
        }
        return tokens;
    }

    private boolean quoted() {
        int from = Math.max(0, tokens.size() - 3);
        return tokens.subList(from, tokens.size()).stream().anyMatch(t -> SAYING.contains(t.word()));
    }

    private int close(int from, char mark) {
        int found = find(String.valueOf(mark), from);
        return found < 0 ? from : found + 1;
    }

    /** A code span counts as one word; a role or link of reStructuredText keeps its words but not its target. */
    private void code() {
        int ticks = 1;
        while (at + ticks < end && text.charAt(at + ticks) == '`') {
            ticks++;
        }
        int from = at + ticks;
        int found = find("`".repeat(Math.min(ticks, 8)), from);
        if (found < 0) {
            at = from;
            return;
        }
        boolean link = ticks == 1 && found + 1 < end && text.charAt(found + 1) == '_';
        boolean role = ticks == 1 && at > 0 && text.charAt(at - 1) == ':';
        boolean version = release(from, found);
        if (link || role || version) {
            at = from;
            while (at < found && (version || text.charAt(at) != '<')) {
                if (Character.isLetterOrDigit(text.charAt(at))) {
                    word();
                } else {
                    at++;
                }
            }
        } else {
            add("`", at, found + ticks);
        }
        at = found + ticks;
    }

    /** Whether a code span is nothing but a release, with a sign of comparison. */
    private boolean release(int from, int to) {
        boolean digit = false;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            digit |= c >= '0' && c <= '9';
            if ((c < '0' || c > '9') && "v.x<>= ".indexOf(c) < 0) {
                return false;
            }
        }
        return digit && to - from < 20;
    }

    private void skipTag() {
        char next = at + 1 < end ? text.charAt(at + 1) : ' ';
        boolean tag = Character.isLetter(next) || next == '/' || next == '!';
        int found = tag ? find(">", at) : -1;
        at = found < 0 ? at + 1 : found + 1;
    }

    /** Never looks further than a link or code span is long, so that unclosed ones cost little. */
    private int find(String mark, int from) {
        int limit = Math.min(end, from + MAX_SPAN);
        char first = mark.charAt(0);
        for (int i = from; i + mark.length() <= limit; i++) {
            if (text.charAt(i) == first && (mark.length() == 1 || text.startsWith(mark, i))) {
                return i;
            }
        }
        return -1;
    }

    private void word() {
        int start = at;
        while (at < end && inWord(at)) {
            at++;
        }
        int last = at;
        while (last > start && text.charAt(last - 1) == '_') {
            last--; // emphasis
        }
        String word =
                visible(text.substring(start, last)).toLowerCase(Locale.ROOT).replace('\u2019', '\'');
        if ((word.equals("http") || word.equals("https")) && text.startsWith("://", at)) {
            while (at < end && text.charAt(at) > ' ' && text.charAt(at) != ')') {
                at++;
            }
            return;
        }
        if (word.equals("cannot")) {
            add("can", start, at);
            add("not", start, at);
        } else if (word.endsWith("n't")) {
            String base = word.substring(0, word.length() - 3);
            add(base.equals("ca") ? "can" : base.equals("wo") ? "will" : base, start, at);
            add("not", start, at);
        } else {
            int apostrophe = word.indexOf('\'');
            add(apostrophe > 0 ? word.substring(0, apostrophe) : word, start, at);
        }
    }

    /** Letters and digits, an apostrophe between letters, and a dot or underscore between two of them: 11.7.2, config.json. */
    private boolean inWord(int i) {
        char c = text.charAt(i);
        if (Character.isLetterOrDigit(c) || c == '_' || invisible(c)) {
            return true;
        }
        boolean between = i + 1 < end
                && i > 0
                && Character.isLetterOrDigit(text.charAt(i - 1))
                && Character.isLetterOrDigit(text.charAt(i + 1));
        return between && (c == '.' || c == '\'' || c == '\u2019');
    }

    /** Soft hyphens and what else has no width. */
    private static boolean invisible(char c) {
        return c == '\u00ad' || (c >= '\u200b' && c <= '\u200d') || c == '\u2060' || c == '\ufeff';
    }

    private static String visible(String word) {
        StringBuilder kept = new StringBuilder(word.length());
        word.chars().filter(c -> !invisible((char) c)).forEach(c -> kept.append((char) c));
        return kept.toString();
    }

    private char sign(int from) {
        int i = from - 1;
        while (i >= 0 && (text.charAt(i) == '=' || text.charAt(i) == ' ') && from - i < 4) {
            i--;
        }
        char c = i < 0 ? ' ' : text.charAt(i);
        return c == '>' || c == '\u2265' ? '>' : c == '<' || c == '\u2264' ? '<' : ' ';
    }

    private void add(String word, int from, int to) {
        tokens.add(new Token(word, from, to, stop, comma, sign(from)));
        stop = false;
        comma = false;
    }
}
