using MsaAspire.Aspirate.Planning;

namespace MsaAspire.Aspirate.Kubernetes;

/// <summary>The labels that Kubernetes recommends, by which tools show what belongs together.</summary>
internal static class Labels
{
    public const string Name = "app.kubernetes.io/name", Instance = "app.kubernetes.io/instance", Version = "app.kubernetes.io/version",
        Component = "app.kubernetes.io/component", PartOf = "app.kubernetes.io/part-of",
        ManagedBy = "app.kubernetes.io/managed-by", Tool = "aspirate";

    /// <summary>A label's value: 63 characters at most, beginning and ending with a letter or digit.</summary>
    private const int Longest = 63;

    /// <summary>The immutable labels of a workload, which may select its pods.</summary>
    public static Dictionary<string, string> Selector(Plan plan, Workload workload) => new(StringComparer.Ordinal)
    {
        [Name] = workload.Name,
        [Instance] = plan.Namespace,
    };

    public static Dictionary<string, string> Of(Plan plan, Workload workload) => new(Selector(plan, workload), StringComparer.Ordinal)
    {
        [Version] = VersionOf(workload.Image.Tag),
        [Component] = workload.Profile.Component,
        [PartOf] = plan.Namespace,
        [ManagedBy] = Tool,
    };

    /// <summary>The labels of objects that belong to no workload.</summary>
    public static Dictionary<string, string> Of(Plan plan) => new(StringComparer.Ordinal)
    {
        [Name] = plan.Namespace,
        [Instance] = plan.Namespace,
        [PartOf] = plan.Namespace,
        [ManagedBy] = Tool,
    };

    /// <summary>An image's tag may be longer than a label, and may begin or end with a character that a label may not.</summary>
    public static string VersionOf(string tag) =>
        (tag.Length > Longest ? tag[..Longest] : tag).Trim('-', '_', '.') is { Length: > 0 } value
            ? value
            : "unknown";
}
