package dev.rota.coordinator.notes.sql;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The databases notes speak of. */
public enum Database {
    MYSQL("mysql", "mysql", "mariadb"),
    POSTGRESQL("postgresql", "postgresql", "postgres", "pgsql", "psql", "pg", "postgre"),
    SQLITE("sqlite", "sqlite", "sqlite3", "lite"),
    MSSQL("mssql", "mssql", "sqlserver", "sqlcmd", "tsql"),
    /** Not said. */
    ANY("any");

    private final String label;
    private final String names;

    Database(String label, String... names) {
        this.label = label;
        this.names = " " + String.join(" ", names) + " ";
    }

    /** The word in reports and assumptions. */
    public String label() {
        return label;
    }

    /** The databases a text names, misspelt names included. */
    public static Set<Database> named(String text) {
        Set<Database> found = EnumSet.noneOf(Database.class);
        List<String> words = words(text);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String pair = i + 1 < words.size() ? word + words.get(i + 1) : word;
            for (Database database : values()) {
                if (database.is(word) || database.is(pair)) {
                    found.add(database);
                }
            }
        }
        return found;
    }

    private boolean is(String word) {
        if (names.contains(" " + word + " ")) {
            return true;
        }
        return switch (this) {
            case POSTGRESQL -> word.startsWith("postg") && word.length() <= 14;
            case MYSQL ->
                word.equals("mysq") || word.equals("myslq") || word.equals("mysqll") || word.equals("mysqldb");
            case SQLITE ->
                (word.length() >= 5 && word.startsWith("sqli")) || word.equals("sqllite") || word.equals("slqite");
            case MSSQL -> word.startsWith("mssq") || word.equals("mslql") || word.equals("microsoftsql");
            case ANY -> false;
        };
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        String lower = text.toLowerCase(Locale.ROOT) + " ";
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9' && !word.isEmpty())) {
                word.append(c);
            } else if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        return words;
    }
}
