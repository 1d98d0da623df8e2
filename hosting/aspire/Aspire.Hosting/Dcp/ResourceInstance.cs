using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Dcp;

/// <summary>One running copy of a resource; <paramref name="Id"/> is the name of its DCP object and tells replicas apart everywhere.</summary>
internal sealed record ResourceInstance(IResource Resource, string Id, string Suffix, int Index, int Count);

/// <summary>The copies of a resource that DCP runs.</summary>
internal sealed class ResourceInstancesAnnotation(IReadOnlyList<ResourceInstance> instances) : IResourceAnnotation
{
    public IReadOnlyList<ResourceInstance> Instances { get; } = instances;
}

internal static class ResourceInstances
{
    /// <summary>Names the copies of a resource, once: asking again gives the same.</summary>
    public static IReadOnlyList<ResourceInstance> GetOrAddInstances(this IResource resource)
    {
        if (resource.TryGetLastAnnotation<ResourceInstancesAnnotation>(out var existing))
            return existing.Instances;

        var count = resource.GetReplicaCount();
        var instances = Enumerable.Range(0, count).Select(index =>
        {
            var suffix = RandomNumberGenerator.GetString("bcdefghjkmnpqrstuvwxyz", 8);
            return new ResourceInstance(resource, $"{resource.Name}-{suffix}", suffix, index, count);
        }).ToArray();
        resource.Annotations.Add(new ResourceInstancesAnnotation(instances));
        return instances;
    }

    /// <summary>The ids under which a resource's state and log are kept: one a copy, or its own name when DCP does not run it.</summary>
    public static IReadOnlyList<string> GetInstanceIds(this IResource resource) =>
        resource.TryGetLastAnnotation<ResourceInstancesAnnotation>(out var annotation) ? [.. annotation.Instances.Select(i => i.Id)] : [resource.Name];

    /// <summary>Whether DCP has anything to run for the resource. A container without an image has nothing: somebody else stands in for it.</summary>
    public static bool IsRunByDcp(this IResource resource) =>
        resource.HasAnnotationOfType<IProjectMetadata>() || resource.HasAnnotationOfType<ExecutableAnnotation>() || resource.IsContainer();
}
