using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Resources that wait for each other in a circle would wait for ever; better said before anything starts.</summary>
internal static class WaitCycles
{
    /// <exception cref="DistributedApplicationException">There is a cycle; the message spells it out.</exception>
    public static void Check(DistributedApplicationModel model)
    {
        var done = new HashSet<IResource>();
        foreach (var resource in model.Resources)
            Visit(resource, [], done);
    }

    private static void Visit(IResource resource, List<IResource> path, HashSet<IResource> done)
    {
        var start = path.IndexOf(resource);
        if (start >= 0)
        {
            var cycle = path.Skip(start).Append(resource).Select(r => $"'{r.Name}'");
            throw new DistributedApplicationException(
                $"The resources wait for each other in a cycle: {string.Join(" waits for ", cycle)}. Remove one of these WaitFor calls.");
        }

        if (done.Contains(resource))
            return;
        path.Add(resource);
        foreach (var next in WaitedFor(resource))
            Visit(next, path, done);
        path.RemoveAt(path.Count - 1);
        done.Add(resource);
    }

    /// <summary>A child is there only when its parent is, so it waits for what the parent waits for.</summary>
    private static IEnumerable<IResource> WaitedFor(IResource resource)
    {
        var waits = resource.Annotations.OfType<WaitAnnotation>().Select(w => w.Resource).Distinct();
        return resource is IResourceWithParent { Parent: var parent } && !Dcp.ResourceInstances.IsRunByDcp(resource) ? waits.Append(parent) : waits;
    }
}
