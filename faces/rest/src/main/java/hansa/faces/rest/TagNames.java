package hansa.faces.rest;

import hansa.federation.caller.Caller;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Short names for tags: a word without a scheme is a tag of the caller's own. */
final class TagNames {

    private TagNames() {}

    static String id(Caller caller, String reference) {
        return reference.indexOf('#') >= 0 ? reference : scheme(caller) + reference;
    }

    static Set<String> ids(Caller caller, List<String> references) {
        return references.stream().map(reference -> id(caller, reference)).collect(Collectors.toUnmodifiableSet());
    }

    /** Where the tag's collection lies when its maker does not say. */
    static String location(Caller caller, String id) {
        return "/tags/" + encode(caller.id()) + "/" + encode(name(id)) + "/";
    }

    static String name(String id) {
        return id.substring(id.lastIndexOf('#') + 1);
    }

    private static String scheme(Caller caller) {
        return "urn:hansa:tags:" + encode(caller.id()) + "#";
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
