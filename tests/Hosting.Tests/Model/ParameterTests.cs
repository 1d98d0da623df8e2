using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace Hosting.Tests.Model;

public sealed class ParameterTests
{
    [Fact]
    public async Task A_missing_value_is_an_error_that_says_where_to_put_it()
    {
        var builder = DistributedApplication.CreateBuilder();
        var region = builder.AddParameter("region").Resource;

        var error = await Assert.ThrowsAsync<MissingParameterValueException>(() => region.GetValueAsync(TestContext.Current.CancellationToken).AsTask());

        Assert.Contains("Parameters:region", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Configuration_gives_the_value()
    {
        var builder = DistributedApplication.CreateBuilder(["--Parameters:region", "eu-west"]);

        Assert.Equal("eu-west", await builder.AddParameter("region").Resource.GetValueAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_generated_value_has_the_characters_that_were_asked_for()
    {
        var generate = new GenerateParameterDefault { MinLength = 22, Special = false, MinNumeric = 3, MinUpper = 2 };

        for (var i = 0; i < 100; i++)
        {
            var value = generate.GetDefaultValue();

            Assert.Equal(22, value.Length);
            Assert.True(value.All(char.IsAsciiLetterOrDigit), value);
            Assert.True(value.Count(char.IsAsciiDigit) >= 3 && value.Count(char.IsAsciiLetterUpper) >= 2, value);
        }
    }

    [Fact]
    public void Impossible_wishes_for_a_generated_value_are_an_error() =>
        Assert.Throws<ArgumentException>(() => new GenerateParameterDefault { MinLength = 8, Special = false, MinSpecial = 1 }.GetDefaultValue());
}
