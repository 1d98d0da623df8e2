using System.Text;
using System.Text.Json.Nodes;

namespace Aspirate.Tests;

/// <summary>Looks for secret values where they must not be.</summary>
internal static class Secrecy
{
    /// <summary>In the files that are no secrets' files, and in what is rendered besides Secrets.</summary>
    public static IEnumerable<string> Leaks(Exported exported)
    {
        foreach (var path in Directory.EnumerateFiles(exported.Tree, "*", SearchOption.AllDirectories)
            .Where(p => !IsSecretsFile(exported.Tree, p)))
        {
            var text = File.ReadAllText(path);
            foreach (var form in exported.Secrets.SelectMany(Forms).Where(f => text.Contains(f, StringComparison.OrdinalIgnoreCase)))
                yield return $"{Path.GetRelativePath(exported.Tree, path)} holds {form}";
        }

        foreach (var rendering in exported.Renderings)
        {
            // What stands in a Secret may be more than the parameter: a whole connection string, say.
            var values = rendering.Of("Secret").SelectMany(s => s["data"]!.AsObject())
                .Select(e => e.Value!.GetValue<string>().ReplaceLineEndings("")).Where(v => v.Length > 0);
            var forms = exported.Secrets.SelectMany(Forms).Concat(values).Distinct().ToList();
            foreach (var other in rendering.Objects.Where(o => o.Text("kind") != "Secret"))
            {
                var text = string.Join('\n', other.Texts());
                foreach (var form in forms.Where(f => text.Contains(f, StringComparison.OrdinalIgnoreCase)))
                    yield return $"{rendering.Name}: {other.Text("kind")} {other.Name()} holds {form}";
            }
        }
    }

    /// <summary>As it is, in base64, in an address, and in the quotes of JSON and YAML.</summary>
    public static IEnumerable<string> Forms(string secret) => new[]
    {
        secret, secret.Trim(), Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('='), Uri.EscapeDataString(secret),
        JsonValue.Create(secret).ToJsonString().Trim('"'),
    }.Distinct();

    private static bool IsSecretsFile(string tree, string path) =>
        Path.GetRelativePath(tree, path).Split(Path.DirectorySeparatorChar) is [.., "secrets.env"] or [.., "secrets", _];
}
