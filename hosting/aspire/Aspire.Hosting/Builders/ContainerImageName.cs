namespace Aspire.Hosting;

/// <summary>The parts of an image's name: <c>registry/image:tag@sha256:digest</c>.</summary>
internal sealed record ContainerImageName(string? Registry, string Image, string? Tag, string? Digest)
{
    private const string DigestMark = "@sha256:";

    /// <exception cref="ArgumentException">The text names no image.</exception>
    public static ContainerImageName Parse(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        var digestAt = text.IndexOf(DigestMark, StringComparison.Ordinal);
        var digest = digestAt < 0 ? null : text[(digestAt + DigestMark.Length)..];
        var rest = digestAt < 0 ? text : text[..digestAt];

        // A colon before the last slash belongs to the registry's port.
        var tagAt = rest.IndexOf(':', rest.LastIndexOf('/') + 1);
        var tag = tagAt < 0 ? null : rest[(tagAt + 1)..];
        rest = tagAt < 0 ? rest : rest[..tagAt];

        // The first part is a registry only if it cannot be a folder of the default one.
        var slash = rest.IndexOf('/');
        var first = slash < 0 ? "" : rest[..slash];
        var registry = first.Contains('.') || first.Contains(':') || first == "localhost" ? first : null;
        var image = registry is null ? rest : rest[(slash + 1)..];
        return image.Length > 0 && tag is not "" && digest is not ""
            ? new ContainerImageName(registry, image, tag, digest)
            : throw new ArgumentException($"'{text}' is not an image name, such as 'docker.io/library/redis:8'.", nameof(text));
    }
}
