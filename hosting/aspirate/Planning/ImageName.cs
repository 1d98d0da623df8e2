namespace MsaAspire.Aspirate.Planning;

/// <summary>An image's reference: <c>registry/repository:tag@digest</c>.</summary>
/// <param name="Repository">With the registry.</param>
/// <param name="Tag"><c>latest</c> when none is named.</param>
internal sealed record ImageName(string Repository, string Tag, string? Digest = null)
{
    /// <summary>The repository's last part.</summary>
    public string Name => Repository[(Repository.LastIndexOf('/') + 1)..];

    public static ImageName Parse(string reference)
    {
        var (name, digest) = reference.Split('@', 2) is [var n, var d] ? (n, d) : (reference, null);
        var colon = name.LastIndexOf(':');
        // A colon before a slash belongs to the registry's port.
        return colon > name.LastIndexOf('/') ? new(name[..colon], name[(colon + 1)..], digest) : new(name, "latest", digest);
    }

    /// <summary>As in a pod's specification.</summary>
    public override string ToString() => Digest is null ? $"{Repository}:{Tag}" : $"{Repository}:{Tag}@{Digest}";
}
