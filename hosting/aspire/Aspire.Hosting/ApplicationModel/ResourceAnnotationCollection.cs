using System.Collections.ObjectModel;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The annotations of one resource, in the order in which they were added.</summary>
public sealed class ResourceAnnotationCollection : Collection<IResourceAnnotation>;

/// <summary>What becomes of annotations of the same type when one is added.</summary>
public enum ResourceAnnotationMutationBehavior
{
    Append,
    Replace,
}
