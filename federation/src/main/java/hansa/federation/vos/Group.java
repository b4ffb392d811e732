package hansa.federation.vos;

import java.time.Instant;

/** @param path for example {@code /biomed/imaging}; the first part is the virtual organisation */
public record Group(String path, String title, Instant created) {}
