using Aspire.Hosting;
using Xunit;

namespace Hosting.Tests.Builders;

public sealed class ParameterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Parameters:api-key")]
    [InlineData("Parameters:api_key")] // as an environment variable gives it
    public async Task Configuration_gives_the_value(string key)
    {
        var builder = Model.Run();
        builder.Configuration[key] = "from configuration";

        Assert.Equal("from configuration", await builder.AddParameter("api-key").Resource.GetValueAsync(Cancellation));
    }

    [Fact]
    public async Task A_missing_value_is_named_with_the_ways_to_give_it()
    {
        var parameter = Model.Run().AddParameter("api-key");

        var error = await Assert.ThrowsAsync<MissingParameterValueException>(async () => await parameter.Resource.GetValueAsync(Cancellation));
        Assert.Contains("'api-key' has no value", error.Message);
        Assert.Contains("Parameters__api_key", error.Message);
    }

    [Fact]
    public async Task A_value_of_the_code_wins_over_configuration()
    {
        var builder = Model.Run();
        builder.Configuration["Parameters:level"] = "low";

        Assert.Equal("high", await builder.AddParameter("level", "high").Resource.GetValueAsync(Cancellation));
    }

    [Fact]
    public void A_secret_is_not_published() =>
        Assert.Contains("'key' is secret", Assert.Throws<ArgumentException>(() => Model.Run().AddParameter("key", "value", publishValueAsDefault: true, secret: true)).Message);

    [Fact]
    public async Task A_generated_password_is_strong_and_stays_the_same_for_the_run()
    {
        var password = ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(Model.Run(), "password", special: false);
        var value = await password.GetValueAsync(Cancellation);

        Assert.True(password.Secret);
        Assert.True(value!.Length >= 22 && value.All(char.IsAsciiLetterOrDigit));
        Assert.Equal(value, await password.GetValueAsync(Cancellation));
    }

    [Fact]
    public async Task A_configured_connection_string_is_a_parameter_to_the_manifest_and_a_connection_to_others()
    {
        var builder = Model.Publish();
        var legacy = builder.AddConnectionString("legacy", "LEGACY_DB");
        var worker = builder.AddExecutable("worker", "worker", ".").WithReference(legacy);

        Assert.Equal("{legacy.value}", legacy.Resource.ConnectionStringExpression.ValueExpression);
        Assert.Equal("{legacy.connectionString}", (await Model.EnvironmentOf(worker))["LEGACY_DB"]);
    }

    [Fact]
    public async Task An_external_service_whose_parameter_gives_no_address_is_refused()
    {
        var builder = Model.Run();
        var maps = builder.AddExternalService("maps", builder.AddParameter("maps-url", "maps.example.org"));
        var worker = builder.AddExecutable("worker", "worker", ".").WithReference(maps);

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => Model.EnvironmentOf(worker));
        Assert.Contains("'maps.example.org' of external service 'maps' is not absolute. Set the parameter 'maps-url'", error.Message);
    }
}
