package hansa.cli.demo;

/**
 * The user data of the demo's guest: a shell script for busybox.
 *
 * @param id told by the guest, so that nothing else can be taken for it
 */
record GuestScript(String id) {

    static final int PORT = 80;

    /** The line that it prints at every boot. */
    String greeting() {
        return "hansa-demo: user data of " + id + " runs";
    }

    /** What its web server serves. */
    String page() {
        return "Hello from inside the guest " + id;
    }

    /** Whether a line of the console tells something that was asked for: the address, the key. */
    boolean worthShowing(String line) {
        return line.startsWith("tiny: address") || line.startsWith("tiny: ssh keys") || line.startsWith("eth0:");
    }

    String text() {
        return """
                #!/bin/sh
                echo "%s"
                mkdir -p /www
                echo "%s" > /www/index.html
                httpd -p %d -h /www
                """.formatted(greeting(), page(), PORT);
    }
}
