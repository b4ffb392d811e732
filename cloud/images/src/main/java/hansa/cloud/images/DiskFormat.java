package hansa.cloud.images;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The formats of disk files. One is always declared, never guessed from a file's content. */
public enum DiskFormat {
    RAW("raw", "raw", ""),
    QCOW2("qcow2", "qcow2", ""),
    /** One file that others open: what VMware and OVA packages carry. */
    VMDK("vmdk", "vmdk", "subformat=streamOptimized"),
    /** QEMU calls it {@code vpc}. The exact size is kept instead of one that cylinders, heads and sectors can say. */
    VHD("vhd", "vpc", "subformat=dynamic,force_size=on"),
    VDI("vdi", "vdi", ""),
    VHDX("vhdx", "vhdx", "");

    private final String word;
    private final String qemu;
    private final String options;

    DiskFormat(String word, String qemu, String options) {
        this.word = word;
        this.qemu = qemu;
        this.options = options;
    }

    /** What people and interfaces call it, which is also the ending of its files. */
    public String word() {
        return word;
    }

    String qemu() {
        return qemu;
    }

    /** How it is written. */
    List<String> output() {
        return options.isEmpty() ? List.of() : List.of("-o", options);
    }

    public static Optional<DiskFormat> of(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word.equals(word))
                .findFirst();
    }

    /** All of them in one phrase, for messages. */
    public static String words() {
        String all = Arrays.stream(values()).map(DiskFormat::word).collect(Collectors.joining(", "));
        int last = all.lastIndexOf(", ");
        return all.substring(0, last) + " or " + all.substring(last + 2);
    }
}
