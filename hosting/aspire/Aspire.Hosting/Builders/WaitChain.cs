using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

internal static class WaitChain
{
    /// <summary>
    /// The way from one resource to another along waits and from child to parent, both ends included; null when there is none. A wait that
    /// closes such a way would never end.
    /// </summary>
    public static List<IResource>? Find(IResource from, IResource to) => Find(from, to, []);

    private static List<IResource>? Find(IResource from, IResource to, HashSet<IResource> seen)
    {
        if (ReferenceEquals(from, to))
        {
            return [from];
        }

        if (!seen.Add(from))
        {
            return null;
        }

        foreach (var next in DirectlyBefore(from))
        {
            if (Find(next, to, seen) is { } rest)
            {
                return [from, .. rest];
            }
        }

        return null;
    }

    private static IEnumerable<IResource> DirectlyBefore(IResource resource)
    {
        var waits = resource.Annotations.OfType<WaitAnnotation>().Select(w => w.Resource);
        return resource is IResourceWithParent { Parent: { } parent } ? waits.Append(parent) : waits;
    }
}
