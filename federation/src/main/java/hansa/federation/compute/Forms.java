package hansa.federation.compute;

import hansa.cloud.CloudName;
import hansa.cloud.RemoteId;
import hansa.cloud.Token;
import hansa.federation.images.ImageId;
import hansa.federation.sites.FlavourId;
import hansa.federation.stored.Documents;
import hansa.protocols.voms.Fqan;

/** How this capability's records are written in its tables and events. */
final class Forms {

    static final Documents ALL = Documents.builder()
            .text(MachineId.class, MachineId::new)
            .text(VolumeId.class, VolumeId::new)
            .text(NetworkId.class, NetworkId::new)
            .text(LinkId.class, LinkId::new)
            .text(ImageId.class, ImageId::new)
            .text(FlavourId.class, FlavourId::new)
            .text(CloudName.class, CloudName::new)
            .text(RemoteId.class, RemoteId::new)
            .text(Token.class, Token::new)
            .text(Fqan.class, Fqan::parse)
            .build();

    private Forms() {}
}
