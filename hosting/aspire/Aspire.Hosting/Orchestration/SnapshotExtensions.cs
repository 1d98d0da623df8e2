using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

internal static class SnapshotExtensions
{
    public static ImmutableArray<ResourcePropertySnapshot> Set(
        this ImmutableArray<ResourcePropertySnapshot> properties, string name, object? value, bool isSensitive = false)
    {
        var property = new ResourcePropertySnapshot(name, value) { IsSensitive = isSensitive };
        for (var i = 0; i < properties.Length; i++)
        {
            if (properties[i].Name == name)
                return properties.SetItem(i, property);
        }

        return properties.Add(property);
    }

    public static ImmutableArray<ResourcePropertySnapshot> Without(this ImmutableArray<ResourcePropertySnapshot> properties, string name) =>
        properties.Any(p => p.Name == name) ? properties.RemoveAll(p => p.Name == name) : properties;

    /// <summary>Null where there is no such property, or it has a value of another type.</summary>
    public static T? Get<T>(this ImmutableArray<ResourcePropertySnapshot> properties, string name)
        where T : class => properties.FirstOrDefault(p => p.Name == name)?.Value as T;

    public static bool IsIn(this CustomResourceSnapshot snapshot, string state) =>
        string.Equals(snapshot.State?.Text, state, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the resource has ended and does not come back by itself.</summary>
    public static bool IsTerminal(this CustomResourceSnapshot snapshot) => KnownResourceStates.TerminalStates.Any(snapshot.IsIn);

    /// <summary>Whether waiting for the resource makes no sense until somebody does something about it.</summary>
    public static bool IsUnavailable(this CustomResourceSnapshot snapshot) => snapshot.IsTerminal() || snapshot.IsIn(KnownResourceStates.RuntimeUnhealthy);
}
