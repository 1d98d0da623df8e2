using System.Text;
using Xunit;

namespace Aspirate.Tests;

/// <summary>The command line and the files of a container, of some cases of the corpus.</summary>
public sealed class ArgumentsAndFiles(Exports exports)
{
    [Fact]
    public async Task Arguments_arrive_as_they_stand_in_the_model()
    {
        var exported = await exports.OfAsync("04-container");
        Assert.Equal(
            ["valkey-server", .. exported.Manifest.Items("resources/cache/args").Select(a => a.GetValue<string>())],
            Kubelet.CommandLine(exported.Base, "cache"));
    }

    [Fact]
    public async Task A_secret_in_an_argument_comes_by_way_of_a_variable()
    {
        var exported = await exports.OfAsync("13-secret-arguments");
        var key = Case.ParametersOf(exported.Manifest)["key"];
        Assert.Equal(
            ["/server", $"--key={key}", "--level", "plain-level", "--port", "7000", "$(KEY)", Uri.EscapeDataString(key)],
            Kubelet.CommandLine(exported.Base, "server"));
        Assert.Equal(
            ["--server", $"tcp://:{Uri.EscapeDataString(key)}@server:7000", "--plain", "server"],
            Kubelet.CommandLine(exported.Base, "tool"));
        Assert.Equal(["bash", "-c", $"echo {key}"], Kubelet.CommandLine(exported.Base, "shell"));
    }

    [Fact]
    public async Task An_executable_s_command_and_the_settings_arguments_go_along()
    {
        var executables = await exports.OfAsync("06-executables");
        Assert.Equal(["python3", "-m", "http.server", "8001"], Kubelet.CommandLine(executables.Base, "worker"));
        Assert.Equal(["./bin/sim", "--listen", "8080"], Kubelet.CommandLine(executables.Base, "sim"));
        var settings = await exports.OfAsync("15-settings");
        Assert.Equal(["--verbose", $"--token={Case.ParametersOf(settings.Manifest)["token"]}"], Kubelet.CommandLine(settings.Base, "api"));
    }

    [Fact]
    public async Task Mounted_files_and_folders_are_there_byte_for_byte()
    {
        var exported = await exports.OfAsync("04-container");
        string config = Path.Combine(Repository.Project, "Corpus", "04-container", "config"), binary = Path.Combine(config, "logo image.bin");
        var expected = Directory.GetFiles(config, "*", SearchOption.AllDirectories)
            .ToDictionary(f => $"/etc/all/{Path.GetRelativePath(config, f).Replace('\\', '/')}", File.ReadAllBytes);
        expected["/etc/cache/cache.conf"] = File.ReadAllBytes(Path.Combine(config, "cache.conf"));
        expected["/srv/logo image.bin"] = File.ReadAllBytes(binary);
        Assert.Throws<DecoderFallbackException>(
            () => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(binary)));
        Assert.Equivalent(expected, Kubelet.Files(exported.Base, "cache"), strict: true);
        Assert.Equal(["/usr/share/nginx/html/.hidden", "/usr/share/nginx/html/deep/index.html"],
            Kubelet.Files(exported.Base, "proxy").Keys.Order());
    }

    [Fact]
    public async Task A_server_s_databases_are_created_when_it_starts_for_the_first_time()
    {
        var rendering = (await exports.OfAsync("09-databases")).Base;
        var script = Encoding.UTF8.GetString(Kubelet.Files(rendering, "pg16")["/docker-entrypoint-initdb.d/databases.sql"]);
        Assert.Equal(
            """"
            SELECT 'CREATE DATABASE "it''s ""quoted"""' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'it''s "quoted"')\gexec
            SELECT 'CREATE DATABASE "shop"' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'shop')\gexec

            """", script);
        // The model has files of its own for this one.
        Assert.Equal(["/docker-entrypoint-initdb.d/01-stock.sql"], Kubelet.Files(rendering, "pg18").Keys);
    }

    [Fact]
    public async Task Data_is_kept_in_a_claim_of_the_volume_s_name_without_what_differs_from_clone_to_clone()
    {
        var rendering = (await exports.OfAsync("04-container")).Base;
        var claims = Kubelet.Workload(rendering, "cache").Items("spec/volumeClaimTemplates").ToList();
        var mounts = Kubelet.Container(rendering, "cache").Items("volumeMounts").ToList();
        Assert.Equal(["cache-data", "data"], claims.Take(2).Select(c => c.Name()));
        Assert.Equal(3, claims.Select(c => c.Name()).Distinct().Count());
        Assert.All(claims, c => Assert.Equal("2Gi fast", $"{c.Text("spec/resources/requests/storage")} {c.Text("spec/storageClassName")}"));
        Assert.Equal(
            ["/data", "/scratch", "/more"],
            claims.Select(c => mounts.Single(m => m.Text("name") == c.Name()).Text("mountPath")));
    }

    [Theory]
    [InlineData("pg16", 999, "/var/lib/postgresql/data", "/var/lib/postgresql/data/pgdata")]
    [InlineData("pg18", 70, "/var/lib/postgresql", "/var/lib/postgresql/mine")]
    [InlineData("volatile", 999, "/var/lib/postgresql/data", "/var/lib/postgresql/data/pgdata")]
    public async Task PostgreSQL_gets_an_empty_folder_and_its_image_s_user(string server, int user, string volume, string folder)
    {
        var rendering = (await exports.OfAsync("09-databases")).Base;
        Assert.Equal(folder, Kubelet.Environment(rendering, server)["PGDATA"]);
        Assert.Contains(Kubelet.Container(rendering, server).Items("volumeMounts"), m => m.Text("mountPath") == volume);
        Assert.Equal(user, Kubelet.Workload(rendering, server).Number("spec/template/spec/securityContext/runAsUser"));
    }
}
