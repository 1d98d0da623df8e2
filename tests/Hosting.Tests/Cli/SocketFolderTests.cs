using System.Diagnostics;
using Aspire.Hosting.Cli;
using Xunit;

namespace Hosting.Tests.Cli;

public sealed class SocketFolderTests : IDisposable
{
    private const string Project = "/srv/demo/Demo.AppHost.csproj";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sockets");

    /// <summary>Of the official command, as ../shared/reference/aspire-cli.md has it.</summary>
    [Fact]
    public void The_name_of_a_socket_begins_as_the_command_expects() => Assert.Equal("teNK0-Op1vk", SocketFolder.PrefixOf(Project));

    [Fact]
    public void A_project_has_one_name_by_whatever_links_it_is_reached()
    {
        var real = Path.Combine(_folder.FullName, "real");
        Directory.CreateDirectory(real);
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "link"), real);
        File.WriteAllText(Path.Combine(real, "App.csproj"), "");
        Assert.Equal(
            SocketFolder.PrefixOf(Path.Combine(real, "App.csproj")), SocketFolder.PrefixOf(Path.Combine(_folder.FullName, "link", "App.csproj")));
    }

    [Fact]
    public void Only_sockets_of_the_same_application_whose_process_is_gone_are_deleted()
    {
        using var ended = Process.Start("true");
        ended.WaitForExit();
        var gone = Touch($"{SocketFolder.PrefixOf(Project)}AAAAAAAA.{ended.Id}");
        var alive = Touch($"{SocketFolder.PrefixOf(Project)}AAAAAAAA.{Environment.ProcessId}");
        var other = Touch($"{SocketFolder.PrefixOf("/srv/other.csproj")}AAAAAAAA.{ended.Id}");
        var foreign = Touch($"{SocketFolder.PrefixOf(Project)}.txt");

        var socket = SocketFolder.Prepare(_folder.FullName, Project, Environment.ProcessId);

        Assert.Equal([alive, other, foreign], new[] { gone, alive, other, foreign }.Where(File.Exists));
        Assert.False(File.Exists(socket));
        Assert.EndsWith($".{Environment.ProcessId}", socket, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_too_long_for_a_socket_is_refused_before_anything_is_made()
    {
        var folder = Path.Combine(_folder.FullName, new string('x', 80));
        var error = Assert.Throws<PathTooLongException>(() => SocketFolder.Prepare(folder, Project, 1));
        Assert.Contains("Set HOME to a folder with a shorter path", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Touch(string name)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, "");
        return path;
    }
}
