using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace Hosting.Tests.Builders;

public sealed class ContainerTests
{
    private readonly IDistributedApplicationBuilder _builder = Model.Publish();

    [Theory]
    [InlineData("valkey/valkey:8.1", "valkey/valkey:8.1")]
    [InlineData("docker.io/axllent/mailpit", "docker.io/axllent/mailpit:latest")]
    [InlineData("localhost:5000/shop", "localhost:5000/shop:latest")]
    [InlineData("redis@sha256:abc", "redis@sha256:abc")]
    public void An_image_name_is_understood_in_parts(string image, string expected)
    {
        Assert.True(_builder.AddContainer("cache", image).Resource.TryGetContainerImageName(out var name));
        Assert.Equal(expected, name);
    }

    [Fact]
    public void A_registry_and_a_tag_can_be_chosen_afterwards()
    {
        var cache = _builder.AddContainer("cache", "docker.io/library/redis", "8").WithImageRegistry("mirror.example.org").WithImageTag("9");

        Assert.True(cache.Resource.TryGetContainerImageName(out var name));
        Assert.Equal("mirror.example.org/library/redis:9", name);
    }

    [Fact]
    public void Two_tags_are_refused() =>
        Assert.Contains("'cache' has two versions", Assert.Throws<InvalidOperationException>(() => _builder.AddContainer("cache", "redis:8", "9")).Message);

    [Fact]
    public void A_bind_mount_starts_at_the_folder_of_the_AppHost()
    {
        var mount = _builder.AddContainer("cache", "redis").WithBindMount("./config", "/etc/cache").Resource.Annotations.OfType<ContainerMountAnnotation>().Single();

        Assert.Equal(Path.Combine(_builder.AppHostDirectory, "config"), mount.Source);
    }

    [Fact]
    public void A_secret_cannot_be_a_build_argument()
    {
        var image = _builder.AddDockerfile("web", ".");

        var error = Assert.Throws<InvalidOperationException>(() => image.WithBuildArg("KEY", _builder.AddParameter("key", secret: true)));
        Assert.Contains("Use WithBuildSecret", error.Message);
    }

    [Fact]
    public void Build_arguments_need_a_Dockerfile() =>
        Assert.Contains("WithDockerfile before WithBuildArg", Assert.Throws<InvalidOperationException>(() => _builder.AddContainer("cache", "redis").WithBuildArg("A", "b")).Message);

    [Fact]
    public async Task A_program_published_as_a_container_keeps_its_place_but_not_its_arguments()
    {
        var worker = _builder.AddExecutable("worker", "python3", "src", "main.py").WithEnvironment("A", "b").PublishAsDockerFile(c => c.WithArgs("serve"));

        var container = Assert.IsType<ContainerResource>(Assert.Single(_builder.Resources), exactMatch: false);
        Assert.Equal("worker", container.Name);
        Assert.Equal(["serve"], await Model.ArgumentsOf(_builder.CreateResourceBuilder(container)));
        Assert.Equal(Path.Combine(_builder.AppHostDirectory, "src", "Dockerfile"), container.Annotations.OfType<DockerfileBuildAnnotation>().Single().DockerfilePath);
        Assert.Contains("A", await Model.EnvironmentOf(worker));
    }

    [Fact]
    public void A_program_is_run_and_not_built_outside_of_publishing()
    {
        var builder = Model.Run();
        builder.AddExecutable("worker", "python3", "src").PublishAsDockerFile();

        Assert.IsType<ExecutableResource>(Assert.Single(builder.Resources));
    }
}
