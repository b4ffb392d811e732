package hansa.drivers.ec2;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Writes answers in the form of EC2. */
final class StubXml {

    private final StringBuilder out = new StringBuilder();

    StubXml text(String name, Object value) {
        out.append('<').append(name).append('>');
        out.append(value.toString().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
        out.append("</").append(name).append('>');
        return this;
    }

    StubXml in(String name, Runnable content) {
        out.append('<').append(name).append('>');
        content.run();
        out.append("</").append(name).append('>');
        return this;
    }

    <T> StubXml items(String set, List<T> all, BiConsumer<StubXml, T> each) {
        return in(set, () -> all.forEach(one -> in("item", () -> each.accept(this, one))));
    }

    StubXml tags(Map<String, String> tags) {
        return items(
                "tagSet",
                List.copyOf(tags.entrySet()),
                (xml, tag) -> xml.text("key", tag.getKey()).text("value", tag.getValue()));
    }

    String response(String action) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" + action
                + "Response xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>stub</requestId>" + out + "</"
                + action + "Response>";
    }

    static String error(StubRefusal refusal) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response><Errors><Error>"
                + new StubXml().text("Code", refusal.code()).text("Message", String.valueOf(refusal.getMessage())).out
                + "</Error></Errors><RequestID>stub</RequestID></Response>";
    }
}
