package sunpeer.appliance.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;

/** Serves a sample view to look at in a browser, until it is stopped: {@code PagePreview <port> <name of the view>}. */
final class PagePreview {
    private PagePreview() {}

    public static void main(String[] args) throws Exception {
        InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
        try (WebServer _ = WebServer.start(bind, () -> SampleViews.all().get(args[1]), SampleViews.ZONE)) {
            new CountDownLatch(1).await();
        }
    }
}
