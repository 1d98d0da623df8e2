using MsaAspire.Aspirate.Images;
using MsaAspire.Aspirate.Manifests;
using MsaAspire.Aspirate.Planning;
using Xunit;

namespace Aspirate.Tests;

public sealed class NameRules
{
    [Theory]
    [InlineData("apphost-4ffbcb8c8d-postgres-data", "postgres-data")]
    [InlineData("My.App_Host-2-0123456789-broker-data", "broker-data")]
    [InlineData("apphost-0123456789-a-0123456789-b", "a-0123456789-b")]
    [InlineData("AppHost-0123456789-Files", "files")]
    [InlineData("postgres-data", "postgres-data")]
    // Nine digits, or such as are not hexadecimal, are nobody's hash.
    [InlineData("apphost-012345678-data", "apphost-012345678-data")]
    [InlineData("apphost-012345678g-data", "apphost-012345678g-data")]
    [InlineData("some_volume", "data")]
    [InlineData("1st", "data")]
    [InlineData("a23456789-123456789-123456789-123456789-123456789-xyz", "data")]
    [InlineData("line\n", "data")]
    public void A_volume_is_called_what_is_the_user_s_of_its_name(string name, string expected) =>
        Assert.Equal(expected, Names.Volume(name));

    [Theory]
    [InlineData("http", "http")]
    [InlineData("HTTP", "http")]
    [InlineData("fifteen-letters", "fifteen-letters")]
    [InlineData("80", "p-")]
    [InlineData("sixteen--letters", "p-")]
    [InlineData("a--b", "p-")]
    [InlineData("under_score", "p-")]
    [InlineData("line\n", "p-")]
    public void A_port_is_called_as_its_binding_where_Kubernetes_takes_that(string binding, string expected)
    {
        var name = Names.Port(binding);
        Assert.StartsWith(expected, name);
        Assert.Matches(@"\A(?=.{1,15}\z)[a-z0-9]+(-[a-z0-9]+)*\z", name);
        Assert.Equal(name, Names.Port(binding));
    }

    [Theory]
    [InlineData("postgres", "postgres", "latest", null, "postgres")]
    [InlineData("postgres:18.3", "postgres", "18.3", null, "postgres")]
    [InlineData("localhost:5000/postgres", "localhost:5000/postgres", "latest", null, "postgres")]
    [InlineData("localhost:5000/team/postgres:18", "localhost:5000/team/postgres", "18", null, "postgres")]
    [InlineData("ghcr.io/x/y@sha256:ab", "ghcr.io/x/y", "latest", "sha256:ab", "y")]
    [InlineData("ghcr.io/x/y:1@sha256:ab", "ghcr.io/x/y", "1", "sha256:ab", "y")]
    public void An_image_s_reference_is_taken_apart(string reference, string repository, string tag, string? digest, string name)
    {
        var image = ImageName.Parse(reference);
        Assert.Equal((repository, tag, digest, name), (image.Repository, image.Tag, image.Digest, image.Name));
        Assert.Equal(image, ImageName.Parse(image.ToString()));
    }

    [Theory]
    [InlineData("ghcr.io/owner", "ghcr.io", "owner", false)]
    [InlineData("localhost:5000", "localhost:5000", "", true)]
    [InlineData("127.0.0.1:5000/team", "127.0.0.1:5000", "team", true)]
    [InlineData("[::1]:5000", "[::1]:5000", "", true)]
    [InlineData("registry.localhost.example", "registry.localhost.example", "", false)]
    public void A_registry_on_this_machine_needs_no_TLS(string name, string host, string path, bool isLoopback)
    {
        var registry = new Registry(name);
        Assert.Equal((host, path, isLoopback), (registry.Host, registry.Path, registry.IsLoopback));
    }

    [Theory]
    [InlineData("{a.value}", "<a|value>")]
    [InlineData("x{a-b.bindings.http.url}y{C1.connectionString}", "x<a-b|bindings.http.url>y<C1|connectionString>")]
    [InlineData("{p.inputs.value}", "<p|inputs.value>")]
    [InlineData("{x.bindings.my_binding-2.port}", "<x|bindings.my_binding-2.port>")]
    // Braces that are meant as such.
    [InlineData("hello {world}", "hello {world}")]
    [InlineData("{}", "{}")]
    [InlineData("{0} {1.value}", "{0} {1.value}")]
    [InlineData("{a.name}", "{a.name}")]
    [InlineData("{ a.value }", "{ a.value }")]
    [InlineData("{a.value", "{a.value")]
    [InlineData("{\"a\": {\"value\": 1}}", "{\"a\": {\"value\": 1}}")]
    [InlineData("{{a.value}}", "{<a|value>}")]
    public void What_looks_like_a_reference_is_one_and_the_rest_is_text(string template, string expected) =>
        Assert.Equal(expected, Template.Replace(template, (name, path) => $"<{name}|{path}>"));
}
