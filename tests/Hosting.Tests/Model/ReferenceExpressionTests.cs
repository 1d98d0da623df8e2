using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace Hosting.Tests.Model;

public sealed class ReferenceExpressionTests
{
    private readonly ParameterResource _password = new("password", _ => "p@ss/word");

    [Fact]
    public async Task Its_manifest_form_has_placeholders_and_its_value_has_values()
    {
        var expression = ReferenceExpression.Create($"Host=db;Password={_password}");

        Assert.Equal("Host=db;Password={password.value}", expression.ValueExpression);
        Assert.Equal("Host=db;Password=p@ss/word", await expression.GetValueAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_uri_format_escapes_what_a_URI_must_not_contain()
    {
        var expression = ReferenceExpression.Create($"amqp://guest:{_password:uri}@broker");

        Assert.Equal("amqp://guest:p%40ss%2Fword@broker", await expression.GetValueAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Braces_in_its_text_stay_braces()
    {
        var expression = ReferenceExpression.Create($"{{\"key\":\"{_password}\"}}");

        Assert.Equal("{\"key\":\"{password.value}\"}", expression.ValueExpression);
        Assert.Equal("{\"key\":\"p@ss/word\"}", await expression.GetValueAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_builder_joins_pieces()
    {
        var builder = new ReferenceExpressionBuilder();
        builder.AppendLiteral("{literal}");
        builder.Append($";P={_password:uri}");
        builder.AppendFormatted(ReferenceExpression.Create($";again={_password}"));

        Assert.Equal("{literal};P=p%40ss%2Fword;again=p@ss/word", await builder.Build().GetValueAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_unknown_format_is_an_error_that_names_it()
    {
        var expression = ReferenceExpression.Create($"{_password:base64}");

        var error = await Assert.ThrowsAsync<FormatException>(() => expression.GetValueAsync(TestContext.Current.CancellationToken).AsTask());
        Assert.Contains("base64", error.Message, StringComparison.Ordinal);
    }
}
