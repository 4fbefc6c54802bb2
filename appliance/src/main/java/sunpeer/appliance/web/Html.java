package sunpeer.appliance.web;

import java.util.Collection;

/**
 * A piece of markup. Text becomes markup only through {@link #of}, which escapes it: to forget that is a type error, not a
 * hole. Immutable.
 */
record Html(String markup) {
    static final Html EMPTY = new Html("");

    /** @param template markup of our own, with {@code {}} for each part; a part that is not {@link Html} is escaped */
    static Html of(String template, Object... parts) {
        StringBuilder out = new StringBuilder(template.length() + 32 * parts.length);
        int from = 0;
        for (Object part : parts) {
            int hole = template.indexOf("{}", from);
            if (hole < 0) {
                throw new IllegalArgumentException("more parts than places in " + template);
            }
            out.append(template, from, hole).append(part instanceof Html html ? html.markup : escape(part.toString()));
            from = hole + 2;
        }
        if (template.indexOf("{}", from) >= 0) {
            throw new IllegalArgumentException("more places than parts in " + template);
        }
        return new Html(out.append(template, from, template.length()).toString());
    }

    static Html join(Collection<Html> pieces) {
        StringBuilder out = new StringBuilder();
        pieces.forEach(piece -> out.append(piece.markup));
        return new Html(out.toString());
    }

    private static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char sign = text.charAt(i);
            switch (sign) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(sign);
            }
        }
        return out.toString();
    }
}
