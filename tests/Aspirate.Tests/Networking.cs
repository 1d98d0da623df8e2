using Xunit;

namespace Aspirate.Tests;

/// <summary>Services, ingresses and names, of some cases of the corpus.</summary>
public sealed class Networking(Exports exports)
{
    [Theory]
    [InlineData("01-projects", "catalog", "http 8080 -> http TCP http")]
    [InlineData("01-projects", "secure", "http 8080 -> http TCP http, https 8081 -> https TCP http")]
    [InlineData("01-projects", "only-https", "https 8080 -> https TCP http")]
    [InlineData("03-bindings", "api", "http 8080 -> http TCP http, admin 9001 -> admin TCP http")]
    [InlineData("03-bindings", "statsd", "stats 8125 -> stats UDP ")]
    [InlineData("03-bindings", "greeter", "http 8080 -> http TCP kubernetes.io/h2c")]
    [InlineData("03-bindings", "alias", "public 80 -> public TCP http, internal 8081 -> public TCP http")]
    [InlineData("03-bindings", "dns-external", "udp 53 -> udp UDP , tcp 53 -> tcp TCP ")]
    [InlineData("09-databases", "pg18-external", "tcp 5432 -> tcp TCP ")]
    [InlineData("14-several-external", "mail-external", "smtp 25 -> smtp TCP ")]
    public async Task A_service_leads_from_its_ports_to_the_container_s(string name, string service, string ports)
    {
        var found = (await exports.OfAsync(name)).Base.Of("Service").Single(s => s.Name() == service);
        Assert.Equal(ports, string.Join(", ", found.Items("spec/ports").Select(p =>
            $"{p.Text("name")} {p.Number("port")} -> {p.Text("targetPort")} {p.Text("protocol")} {p.Text("appProtocol")}")));
        Assert.Equal(service.EndsWith("-external") ? "LoadBalancer" : "ClusterIP", found.Text("spec/type"));
    }

    [Theory]
    [InlineData("01-projects", "base", "only-https.aspire-app.localhost only-https:https, web.aspire-app.localhost web:http")]
    [InlineData("14-several-external", "base", "admin.shop.example admin:http, mail.example.org mail:http, shop.shop.example shop:http")]
    [InlineData("14-several-external", "prod", "mail.example.org mail:http, office.example admin:http, shop.shop.example shop:http")]
    [InlineData("15-settings", "base", "settings.example api:http")]
    [InlineData("15-settings", "dev", "settings.example api:http")]
    [InlineData("15-settings", "prod", "www.settings.example api:http")]
    [InlineData("16-default-namespace", "base", "default.localhost web:http")]
    public async Task The_only_external_resource_has_the_host_and_several_have_names_below_it(string name, string overlay, string rules)
    {
        var ingresses = (await exports.OfAsync(name)).Overlay(overlay).Of("Ingress").SelectMany(i => i.Items("spec/rules"));
        Assert.Equal(rules, string.Join(", ", ingresses.Select(r =>
            $"{r.Text("host")} {r.Text("http/paths/0/backend/service/name")}:{r.Text("http/paths/0/backend/service/port/name")}").Order()));
    }

    [Fact]
    public async Task An_overlay_s_ingress_settings_lie_over_the_base_s()
    {
        var several = await exports.OfAsync("14-several-external");
        Assert.All(several.Overlay("prod").Of("Ingress"), i =>
        {
            Assert.Equal("shop-tls", i.Text("spec/tls/0/secretName"));
            Assert.Equal(i.Text("spec/rules/0/host"), i.Text("spec/tls/0/hosts/0"));
            Assert.Equal("nginx", i.Text("spec/ingressClassName"));
            Assert.Equal("8m", i.Map("metadata/annotations")["nginx.ingress.kubernetes.io/proxy-body-size"]);
        });
        Assert.All(several.Base.Of("Ingress"), i => Assert.Null(i.At("spec/tls")));
        var settings = (await exports.OfAsync("15-settings")).Overlay("prod").Of("Ingress").Single();
        Assert.Equal(("traefik", "base-tls", "www.settings.example"),
            (settings.Text("spec/ingressClassName"), settings.Text("spec/tls/0/secretName"), settings.Text("spec/tls/0/hosts/0")));
    }

    [Fact]
    public async Task A_name_in_upper_case_becomes_one_that_DNS_knows_wherever_it_is_used()
    {
        var rendering = (await exports.OfAsync("11-names")).Base;
        var x = Kubelet.Environment(rendering, "x");
        Assert.Equal("http://catalogapi:8080", x["CATALOG"]);
        Assert.Equal("a23456789-123456789-123456789-123456789-123456789-xy:5432", x["DATABASE"]);
        Assert.Equal("yes", x["dotted.name-with_all"]);
        Assert.Equal(3, Kubelet.Workload(rendering, "catalogapi").Number("spec/replicas"));
    }

    [Fact]
    public async Task In_the_namespace_default_there_is_no_namespace_to_make()
    {
        var rendering = (await exports.OfAsync("16-default-namespace")).Base;
        Assert.Empty(rendering.Of("Namespace"));
        Assert.All(rendering.Objects, o => Assert.Equal("default", o.Text("metadata/namespace")));
    }
}
