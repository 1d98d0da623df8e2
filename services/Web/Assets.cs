using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace MsaAspire.Web;

/// <summary>
/// Styles, scripts and drawings, out of the assembly. All share one fingerprint, which is a part of their address: a browser keeps them
/// for a year, modules import each other by relative addresses, and a new release has new addresses.
/// </summary>
internal sealed class Assets
{
    private const string Folder = "assets/", Forever = "public, max-age=31536000, immutable", AskAgain = "no-cache";

    private readonly FrozenDictionary<string, byte[]> _files = typeof(Assets).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Folder.Length..], Read);

    private readonly string _version;

    public Assets()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, content) in _files.OrderBy(f => f.Key, StringComparer.Ordinal))
            hash.AppendData(content);
        _version = Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    /// <summary>The address of an asset.</summary>
    public string this[string name] => $"/assets/{_version}/{name}";

    public static Results<FileContentHttpResult, NotFound> Handle(string version, string name, Assets assets, HttpResponse response) =>
        // During a rolling update, a page of one release may ask another release for an asset: it gets that release's file, uncached, rather than none.
        assets.Answer(name, version == assets._version ? Forever : AskAgain, response);

    /// <summary>Browsers ask for it at this address by themselves.</summary>
    public static Results<FileContentHttpResult, NotFound> Icon(Assets assets, HttpResponse response) => assets.Answer("icon.svg", AskAgain, response);

    private Results<FileContentHttpResult, NotFound> Answer(string name, string caching, HttpResponse response)
    {
        if (!_files.TryGetValue(name, out var content))
            return TypedResults.NotFound();
        response.Headers.CacheControl = caching;
        return TypedResults.Bytes(content, TypeOf(name), entityTag: new EntityTagHeaderValue($"\"{_version}\""));
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"No media type is known for {other}."),
    };

    private static byte[] Read(string resource)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
