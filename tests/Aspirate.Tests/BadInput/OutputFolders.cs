using Xunit;

namespace Aspirate.Tests;

/// <summary>The output folder is replaced whole or not at all, and nobody's work goes with it.</summary>
public sealed class OutputFolders : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _manifest, _tree;

    public OutputFolders()
    {
        _manifest = _folder.Write("manifest.json", Models.Parameters(["key"], secret: true).ToJsonString());
        _tree = _folder["out/tree"];
    }

    private string[] Arguments => ["generate", "-m", _manifest, "--parameter", "key=hush", "--output-path", _tree];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_is_no_folder()
    {
        _folder.Write("out/tree", "mine");
        await Refusal.AssertAsync(_folder, Arguments, _tree, "is a file", "--output-path");
    }

    [Fact]
    public async Task Below_a_file_there_is_no_folder()
    {
        _folder.Write("out", "mine");
        await Refusal.AssertAsync(_folder, Arguments, _tree, "--output-path");
    }

    [Fact]
    public async Task A_folder_with_files_that_no_export_wrote_is_left_alone_even_by_force()
    {
        _folder.Write("out/tree/notes.txt", "mine");
        await Refusal.AssertAsync(_folder, Arguments, _tree, "notes.txt", "--output-path");
        await Refusal.AssertAsync(_folder, [.. Arguments, "--force"], "notes.txt");
    }

    [Fact]
    public async Task A_file_that_was_added_to_an_export_keeps_the_next_one_away()
    {
        await ExportAsync();
        _folder.Write("out/tree/base/api/mine.yaml", "mine");
        await Refusal.AssertAsync(_folder, [.. Arguments, "--force"], "base/api/mine.yaml", "Move them away");
    }

    [Fact]
    public async Task A_file_that_somebody_changed_is_lost_only_by_force()
    {
        await ExportAsync();
        var deployment = Path.Combine(_tree, "base", "api", "deployment.yaml");
        var written = await File.ReadAllTextAsync(deployment, TestContext.Current.CancellationToken);
        await File.AppendAllTextAsync(deployment, "# mine\n", TestContext.Current.CancellationToken);

        await Refusal.AssertAsync(_folder, Arguments, "base/api/deployment.yaml", "--force");
        await ExportAsync("--force");

        Assert.Equal(written, await File.ReadAllTextAsync(deployment, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_export_over_an_earlier_one_leaves_nothing_of_that()
    {
        await ExportAsync();
        _folder.Write("manifest.json",
            """
            {"resources":{
              "other":{"type":"container.v0","image":"x:1"},
              "key":{"type":"parameter.v0","value":"x","inputs":{"value":{"type":"string"}}}
            }}
            """);
        await ExportAsync();
        Assert.Equal(["kustomization.yaml", "namespace.yaml", "network-policies.yaml", "other"], Names("base")
            .Order(StringComparer.Ordinal));
        // Neither a half-written folder nor the old one is left beside it.
        Assert.Equal(["tree"], Directory.GetFileSystemEntries(_folder["out"]).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_second_export_of_the_same_changes_nothing()
    {
        await ExportAsync();
        var before = _folder.Content();
        await ExportAsync();
        Assert.Equal(before, _folder.Content());
    }

    private IEnumerable<string> Names(string folder) =>
        Directory.GetFileSystemEntries(Path.Combine(_tree, folder)).Select(p => Path.GetFileName(p));

    private async Task ExportAsync(params string[] more)
    {
        var run = await Tool.RunAsync([.. Arguments, "--skip-build", "--non-interactive", .. more]);
        Assert.True(run.ExitCode == 0, run.Error);
    }
}
