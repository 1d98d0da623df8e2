using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>The resource serves the others until they have ended, as the dashboard does, to which they send their last telemetry.</summary>
internal sealed class StopsLastAnnotation : IResourceAnnotation
{
    /// <summary>
    /// Whether the resource stops before its servers do. A service that loses its database, broker and collector in the moment it is told to stop
    /// cannot hand back its work, and spends its last seconds on retries. Containers and whatever belongs to another resource count as servers.
    /// </summary>
    public static bool IsStoppedFirst(IResource resource) =>
        !resource.IsContainer() && resource is not IResourceWithParent && !resource.HasAnnotationOfType<StopsLastAnnotation>()
        && resource.Annotations.OfType<ResourceRelationshipAnnotation>().All(r => r.Type != "Parent");
}
