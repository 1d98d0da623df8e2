using System.Text.Json.Nodes;
using Xunit;

namespace Aspirate.Tests;

/// <summary>The environment that a process would see, of some cases of the corpus.</summary>
public sealed class Variables(Exports exports)
{
    [Fact]
    public async Task A_text_without_references_arrives_as_it_stands_in_the_model()
    {
        var exported = await exports.OfAsync("12-environment");
        var model = exported.Manifest.Map("resources/api/env");
        Assert.All(exported.Renderings, r => Assert.Equal(model, Kubelet.Environment(r, "api")));
    }

    [Fact]
    public async Task An_address_names_the_service_and_https_stands_for_http_where_the_process_serves_no_TLS()
    {
        var web = await EnvironmentAsync("01-projects", "web");
        Assert.Equal("8080", web["HTTP_PORTS"]);
        Assert.Equal("http://catalog:8080", web["services__catalog__http__0"]);
        Assert.Equal("http://catalog:8080", web["services__catalog__https__0"]);
        // This one is told to listen with TLS.
        Assert.Equal("https://secure:8081", web["services__secure__https__0"]);
        Assert.Equal("https", web["SECURE_SCHEME"]);
        Assert.Equal("only-https:8080", web["ONLY_HTTPS"]);
        var secure = await EnvironmentAsync("01-projects", "secure");
        Assert.Equal(("8080", "8081"), (secure["HTTP_PORTS"], secure["HTTPS_PORTS"]));
        Assert.Equal("hello {world} \"quoted\"", (await EnvironmentAsync("01-projects", "catalog"))["GREETING"]);
    }

    [Fact]
    public async Task Whom_a_process_calls_it_finds_at_the_service_s_port_and_itself_it_is_told_the_container_s()
    {
        Assert.Equal("8080;8000", (await EnvironmentAsync("03-bindings", "api"))["HTTP_PORTS"]);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["ADMIN"] = "http://api:9001", ["GREETER"] = "http://greeter:8080", ["RESOLVER"] = "dns:53",
                    ["METRICS"] = "http://dns:9153",
                ["STATSD"] = "statsd:8125", ["ALIAS"] = "http://alias:8081",
            },
            await EnvironmentAsync("03-bindings", "client"));
    }

    [Fact]
    public async Task The_value_of_a_parameter_is_the_given_one_else_the_default_else_a_generated_one()
    {
        var exported = await exports.OfAsync("08-parameters");
        var secret = Case.ParametersOf(exported.Manifest)["secret"];
        var api = Kubelet.Environment(exported.Base, "api");
        Assert.Equal("plain-plain", api["PLAIN"]);
        Assert.Equal(secret, api["SECRET"]);
        Assert.Equal(secret, api["INPUT"]);
        Assert.Equal("by default", api["DEFAULT"]);
        Assert.Equal("", api["EMPTY"]);
        Assert.Equal("hush-by-default", api["SECRET_DEFAULT"]);
        Assert.Matches("^[0-9A-Z]{30}$", api["GENERATED"]);
        Assert.Equal($"pre-{Case.ParametersOf(exported.Manifest)["prefixed"]}-post", api["PREFIXED"]);
        Assert.Equal(api["PLAIN"] + api["SECRET"] + api["GENERATED"], api["ALL"]);
    }

    [Fact]
    public async Task Connection_strings_are_put_together_from_one_another()
    {
        var exported = await exports.OfAsync("07-connection-strings");
        var password = Case.ParametersOf(exported.Manifest)["password"];
        var api = Kubelet.Environment(exported.Base, "api");
        Assert.Equal($"mongodb://admin:{Uri.EscapeDataString(password)}@mongo:27017/orders?region=plain-region",
            api["ConnectionStrings__orders"]);
        Assert.Equal($"Endpoint=https://plain-region.example.org;Key={password}", api["ConnectionStrings__endpoint"]);
        Assert.Equal("https://plain-region.example.org", api["ENDPOINT"]);
        Assert.Equal($"plain-region/{Uri.EscapeDataString(password)}?a=plain-region", api["MIXED"]);
    }

    [Fact]
    public async Task Settings_add_variables_and_replace_the_model_s()
    {
        var exported = await exports.OfAsync("15-settings");
        Assert.Equal(
            ("debug", Case.ParametersOf(exported.Manifest)["token"], "http://files:8080"),
            Kubelet.Environment(exported.Base, "api") is var api ? (api["LOG"], api["TOKEN"], api["FILES"]) : default);
    }

    [Fact]
    public async Task What_is_secret_is_in_the_Secret_and_the_rest_anybody_may_read()
    {
        var exported = await exports.OfAsync("08-parameters");
        JsonObject Data(string kind) => exported.Base.Of(kind).Single()["data"]!.AsObject();
        Assert.Equal(["DEFAULT", "EMPTY", "PLAIN"], Data("ConfigMap").Select(e => e.Key).Order());
        Assert.Equal(["ALL", "GENERATED", "INPUT", "PREFIXED", "SECRET", "SECRET_DEFAULT"], Data("Secret").Select(e => e.Key).Order());
    }

    private async Task<IReadOnlyDictionary<string, string>> EnvironmentAsync(string name, string workload) =>
        Kubelet.Environment((await exports.OfAsync(name)).Base, workload);
}
