using Aspire.Hosting;
using Xunit;

namespace Hosting.Tests.Model;

public sealed class NameTests
{
    [Theory]
    [InlineData("")]
    [InlineData("1st")]
    [InlineData("or_ders")]
    [InlineData("orders-")]
    [InlineData("or--ders")]
    [InlineData("sixty-five-characters-are-one-more-than-a-name-of-a-part-may-have")]
    public void A_name_that_is_no_DNS_label_is_refused_with_the_reason(string name)
    {
        var builder = DistributedApplication.CreateBuilder();

        var error = Assert.Throws<DistributedApplicationException>(() => builder.AddExecutable(name, "date", "."));

        Assert.Contains("is not a valid resource name", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_resources_of_one_name_are_refused_whatever_its_case()
    {
        var builder = DistributedApplication.CreateBuilder();
        builder.AddExecutable("orders", "date", ".");

        var error = Assert.Throws<DistributedApplicationException>(() => builder.AddParameter("Orders", "x"));

        Assert.Contains("ExecutableResource", error.Message, StringComparison.Ordinal);
        Assert.Contains("ParameterResource", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resource_that_is_not_there_is_named_with_those_that_are()
    {
        var builder = DistributedApplication.CreateBuilder();
        builder.AddExecutable("orders", "date", ".");

        var error = Assert.Throws<InvalidOperationException>(() => builder.CreateResourceBuilder<Aspire.Hosting.ApplicationModel.ExecutableResource>("order"));

        Assert.Contains("'order'", error.Message, StringComparison.Ordinal);
        Assert.Contains("orders", error.Message, StringComparison.Ordinal);
    }
}
