using Xunit;

namespace Aspirate.Tests;

/// <summary>
/// The shop's tree as it was last accepted, so that a change of the tool or of the app model shows in review as a change of what would run.
/// The secrets' files are not part of it.
/// </summary>
public sealed class Snapshots(Exports exports)
{
    private const string Accept = "UPDATE_SNAPSHOTS";

    private static readonly string s_snapshot = Path.Combine(Repository.Project, "Snapshot");

    [Fact]
    public async Task The_shop_s_tree_is_the_accepted_one()
    {
        var tree = (await exports.OfAsync(Exports.Shop)).Tree;
        if (Environment.GetEnvironmentVariable(Accept) is "1" or "true")
            Replace(tree);
        var differences = Differences(Files(s_snapshot), Files(tree)).ToList();
        Assert.True(
            differences.Count == 0,
            $"The shop's tree differs from tests/Aspirate.Tests/Snapshot:\n{string.Join('\n', differences)}\n"
            + $"Where that is as it should be, run this test with {Accept}=1 and commit what it writes.");
    }

    [Fact]
    public async Task Two_exports_into_two_folders_are_the_same_bytes()
    {
        var state = Path.Combine(Repository.AppHost, "aspirate-state.json");
        var before = File.Exists(state) ? await File.ReadAllBytesAsync(state, TestContext.Current.CancellationToken) : null;
        // One after the other: both have the same AppHost write the same manifest.
        var first = await exports.OfAsync(Exports.Shop);
        using var folder = new TemporaryFolder();
        var second = await Exported.OfShopAsync(folder["elsewhere"]);

        Assert.Equal(TemporaryFolder.ContentOf(first.Tree), TemporaryFolder.ContentOf(second.Tree));
        Assert.Equal(first.Rendered.Select(r => r.Text), second.Rendered.Select(r => r.Text));
        // All secrets were given, so a developer's are neither read nor made.
        Assert.Equal(before, File.Exists(state) ? await File.ReadAllBytesAsync(state, TestContext.Current.CancellationToken) : null);
    }

    [Fact]
    public async Task Nothing_in_the_tree_tells_of_this_machine()
    {
        var tree = (await exports.OfAsync(Exports.Shop)).Tree;
        Assert.All(Files(tree), file => Assert.DoesNotContain([Repository.Root, Path.GetDirectoryName(tree)!], file.Value.Contains));
        // Aspire's hash of the AppHost's path is in the name of each volume.
        Assert.All(Files(tree), file => Assert.DoesNotMatch("apphost-[0-9a-f]{10}", file.Value));
    }

    private static SortedDictionary<string, string> Files(string folder) => Directory.Exists(folder)
        ? new(
            Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/'))
                .Where(IsShown)
                .ToDictionary(f => f, f => File.ReadAllText(Path.Combine(folder, f))),
            StringComparer.Ordinal)
        : [];

    /// <summary>The list of digests changes with every file and says nothing.</summary>
    private static bool IsShown(string path) => path != ".aspirate" && path.Split('/') is not ([.., "secrets.env"] or [.., "secrets", _]);

    private static IEnumerable<string> Differences(SortedDictionary<string, string> accepted, SortedDictionary<string, string> found)
    {
        foreach (var path in accepted.Keys.Union(found.Keys).Order(StringComparer.Ordinal))
        {
            string? old = accepted.GetValueOrDefault(path), current = found.GetValueOrDefault(path);
            if (old is null || current is null)
                yield return $"  {path} is {(old is null ? "new" : "gone")}";
            else if (old != current)
                yield return $"  {path}, line {FirstLine(old, current)}";
        }
    }

    private static string FirstLine(string old, string current)
    {
        string[] olds = old.Split('\n'), currents = current.Split('\n');
        var i = olds.Zip(currents).TakeWhile(l => l.First == l.Second).Count();
        return $"{i + 1}: \"{olds.ElementAtOrDefault(i)}\" became \"{currents.ElementAtOrDefault(i)}\"";
    }

    private static void Replace(string tree)
    {
        if (Directory.Exists(s_snapshot))
            Directory.Delete(s_snapshot, recursive: true);
        foreach (var (path, text) in Files(tree))
        {
            var full = Path.Combine(s_snapshot, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, text);
        }
    }
}
