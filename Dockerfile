# The program in a container, from a clean clone:
#   docker build --tag iris-graph-indexer .
# To see it work:
#   docker run --rm iris-graph-indexer index pipelines/quickstart.yaml --jdbcUrl=jdbc:h2:mem:graph \
#     --deadLetters= --summary= --report=
# The image contains the InterSystems JDBC driver, in target/lib, which is not open source: do not
# publish the image. See the licence that comes with the driver.

FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY . .
RUN mvn -q -B package -DskipTests

FROM eclipse-temurin:17-jre
# A fixed number, by which Kubernetes verifies that the user is not root.
RUN groupadd --gid 10001 iris-graph-indexer \
    && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin iris-graph-indexer \
    && install -d -m 0750 -o 10001 -g 10001 /var/lib/iris-graph-indexer
# The same layout as in a clone, so that the same commands work.
WORKDIR /opt/iris-graph-indexer
COPY --from=build /build/target/lib target/lib
COPY --from=build /build/target/iris-graph-indexer.jar \
    /build/target/iris-graph-indexer-bundled.jar target/
COPY LICENSE ./
COPY pipelines pipelines
COPY runner-configs runner-configs
# Java needs a UTF-8 locale to open files with non-ASCII names.
ENV LC_ALL=C.UTF-8
USER 10001:10001
# The heap follows the container's memory; the rest is for Flink's buffers, code and stacks.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-jar", "target/iris-graph-indexer.jar"]
CMD ["--help"]
