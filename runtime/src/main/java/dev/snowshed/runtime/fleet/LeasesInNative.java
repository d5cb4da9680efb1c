package dev.snowshed.runtime.fleet;

import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ListMeta;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseList;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What Jackson has to see of leases in a native image. */
@RegisterForReflection(
    targets = {
      FieldsV1.class,
      Lease.class,
      LeaseList.class,
      LeaseSpec.class,
      ListMeta.class,
      ManagedFieldsEntry.class,
      ObjectMeta.class,
      OwnerReference.class,
      Status.class,
      StatusCause.class,
      StatusDetails.class
    })
final class LeasesInNative {
  private LeasesInNative() {}
}
