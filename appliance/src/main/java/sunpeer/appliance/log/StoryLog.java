package sunpeer.appliance.log;

import org.tinylog.Logger;
import org.tinylog.ThreadContext;
import sunpeer.appliance.node.Story;

/** Puts what a core tells people into the log. Stateless. */
public final class StoryLog {
    /** Where the node's own time of a story stands in the log entry. */
    static final String AT = "at";

    private StoryLog() {}

    public static void tell(Story story) {
        ThreadContext.put(AT, story.at().toString());
        var logger = Logger.tag(story.kind().name());
        if (story.kind() == Story.Kind.ALARM) {
            logger.warn(story.text());
        } else {
            logger.info(story.text());
        }
        ThreadContext.clear();
    }
}
